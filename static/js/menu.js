// A menu closes when a person presses Escape or goes elsewhere.
{
  const openMenus = () => document.querySelectorAll("details:is(.menu, .site-nav-small)[open]");

  document.addEventListener("click", (event) => {
    openMenus().forEach((menu) => menu.contains(event.target) || (menu.open = false));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    openMenus().forEach((menu) => {
      const hadFocus = menu.contains(document.activeElement);
      menu.open = false;
      if (hadFocus) menu.querySelector("summary").focus();
    });
  });
  document.addEventListener("focusin", (event) => {
    openMenus().forEach((menu) => menu.contains(event.target) || (menu.open = false));
  });
}
