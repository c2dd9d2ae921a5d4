// Wakes the component library: the menu on a phone, the error summary, the skip link.
import {createAll, ErrorSummary, ServiceNavigation, SkipLink} from "./vendor/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
createAll(ServiceNavigation);
createAll(ErrorSummary);
createAll(SkipLink);

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
