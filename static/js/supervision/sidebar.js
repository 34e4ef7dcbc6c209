/** The administration's side bar stays closed here unless somebody opened it: the tables need the width. Runs before Django's own script. */

"use strict";

if (window.localStorage.getItem("django.admin.navSidebarIsOpen") === null) {
  window.localStorage.setItem("django.admin.navSidebarIsOpen", "false");
}
