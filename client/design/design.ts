// What a page gains where scripts run. Everything here works without it, by plain links and forms.
import "./design.css";
import "htmx.org";
import { openDialogsInPlace } from "./dialogs";
import { offerPrinting } from "./printing";
import { offerSharing } from "./sharing";
import { closeMenus } from "./menus";

openDialogsInPlace(document);
offerPrinting(document);
offerSharing(document, navigator);
closeMenus(document);
