// A calendar is one stop of the Tab key: within it the arrow keys go from cell to cell, Home and End to the ends of a
// row, Page Up and Page Down to the dates before and after. Without this file every cell's link is a stop.
for (const table of document.querySelectorAll("[data-calendar]")) {
  const rows = [...table.tBodies[0].rows].map((row) => [...row.cells].filter((cell) => cell.matches("td")));
  const target = (cell) => cell.querySelector("a") ?? cell;
  let current;

  const choose = (cell) => {
    if (current) target(current).tabIndex = -1;
    current = cell;
    target(cell).tabIndex = 0;
  };

  const steps = {
    ArrowUp: (row, column) => rows[row - 1]?.[column],
    ArrowDown: (row, column) => rows[row + 1]?.[column],
    ArrowLeft: (row, column) => rows[row][column - 1],
    ArrowRight: (row, column) => rows[row][column + 1],
    Home: (row) => rows[row][0],
    End: (row) => rows[row].at(-1),
  };
  const pages = { PageUp: "[data-calendar-previous]", PageDown: "[data-calendar-next]" };

  table.setAttribute("role", "grid");
  rows.flat().forEach((cell) => {
    cell.tabIndex = -1;
    cell.querySelectorAll("a").forEach((link) => (link.tabIndex = -1));
  });
  choose(rows.flat().find((cell) => cell.querySelector(".slot, .mark-free a, .month-day")) ?? rows[0][0]);

  table.addEventListener("focusin", (event) => {
    const cell = event.target.closest("td");
    if (cell && table.tBodies[0].contains(cell) && target(cell) === event.target) choose(cell);
  });
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td");
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
    if (pages[event.key]) {
      event.preventDefault();
      document.querySelector(pages[event.key])?.click();
      return;
    }
    const row = rows.findIndex((cells) => cells.includes(cell));
    const next = row >= 0 && steps[event.key]?.(row, rows[row].indexOf(cell));
    if (steps[event.key]) event.preventDefault();
    if (!next) return;
    choose(next);
    target(next).focus();
  });
}
