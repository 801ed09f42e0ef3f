// "Add another": a copy of the formset's empty row, numbered on. Without this file the blank rows of the page serve.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-add-row]");
  if (!button) return;
  const formset = button.closest("[data-formset]");
  const total = formset.querySelector('input[name$="-TOTAL_FORMS"]');
  const html = formset.querySelector("template").innerHTML.replaceAll("__prefix__", total.value);
  const rows = formset.querySelector("[data-rows]");
  rows.insertAdjacentHTML("beforeend", html);
  total.value = Number(total.value) + 1;
  rows.lastElementChild.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  if (total.value >= Number(formset.querySelector('input[name$="-MAX_NUM_FORMS"]').value)) button.hidden = true;
});

document.querySelectorAll("button[data-add-row]").forEach((button) => (button.hidden = false));
