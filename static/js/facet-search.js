// Typing in a filter's box leaves the choices that contain it.
{
  const plain = (text) => text.normalize("NFC").toLowerCase().replace(/\s+/g, "");
  const show = () => document.querySelectorAll("[data-facet-search]").forEach((box) => (box.hidden = false));

  document.addEventListener("input", (event) => {
    const box = event.target.closest("[data-facet-search]");
    if (!box) return;
    const wanted = plain(box.value);
    const facet = box.closest(".facet");
    facet.querySelectorAll(".facet-choices label").forEach((label) => {
      label.hidden = !plain(label.textContent).includes(wanted);
    });
  });
  // The box is no field of the filter form: neither Enter nor a change in it asks for the list anew.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.closest("[data-facet-search]")) event.preventDefault();
  });
  document.addEventListener("change", (event) => event.target.closest("[data-facet-search]") && event.stopPropagation(), true);
  document.addEventListener("htmx:afterSettle", show);
  show();
}
