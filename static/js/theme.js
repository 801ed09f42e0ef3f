// Light, dark, or as the system says: kept in this browser. Runs before the page is drawn, so nothing flashes.
{
  const root = document.documentElement;
  root.classList.add("scripted");

  const read = () => {
    try {
      return localStorage.getItem("theme") ?? "";
    } catch {
      return "";
    }
  };
  const apply = (theme) => (theme ? (root.dataset.theme = theme) : delete root.dataset.theme);
  const markPressed = (theme) =>
    document
      .querySelectorAll("button[data-theme-choice]")
      .forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.themeChoice === theme)));

  apply(read());
  document.addEventListener("DOMContentLoaded", () => {
    markPressed(read());
    document.querySelectorAll("[data-theme-switch]").forEach((element) => (element.hidden = false));
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-theme-choice]");
    if (!button) return;
    try {
      localStorage.setItem("theme", button.dataset.themeChoice);
    } catch {
      // Private windows may refuse: the choice then lasts as long as the page.
    }
    apply(button.dataset.themeChoice);
    markPressed(button.dataset.themeChoice);
  });
}
