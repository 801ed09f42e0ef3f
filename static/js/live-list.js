// When a list was exchanged for another (filters): what was unfolded stays so, and the new total is said aloud.
{
  let unfolded = [];

  document.addEventListener("htmx:beforeSwap", (event) => {
    unfolded = [...event.detail.target.querySelectorAll("details[id][open]")].map((details) => details.id);
  });
  document.addEventListener("htmx:afterSettle", () => {
    unfolded.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
    unfolded = [];
    const total = document.querySelector("[data-total]");
    if (total) document.getElementById("announcer").textContent = total.textContent;
  });
}
