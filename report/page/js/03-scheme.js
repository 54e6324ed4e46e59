// Dark and light.

const media = matchMedia("(prefers-color-scheme: dark)");
const root = document.documentElement;
const schemeListeners = [];
let printing = false;

const isDark = () => !printing && (root.dataset.scheme ? root.dataset.scheme === "dark" : media.matches);
const theme = () => isDark() ? data.dark : data.light;

function remembered() {
  try {
    return localStorage.getItem("scheme");
  } catch { // pages opened as files may have no storage
    return null;
  }
}

function remember(scheme) {
  try {
    localStorage.setItem("scheme", scheme);
  } catch { /* then it holds until the page is closed */ }
}

function schemeChanged() {
  byId("scheme").textContent = isDark() ? "Light" : "Dark";
  byId("scheme").setAttribute("aria-label", (isDark() ? "Light" : "Dark") + " colours");
  for (const listener of schemeListeners) listener();
}

function schemes() {
  const scheme = remembered();
  if (scheme === "dark" || scheme === "light") root.dataset.scheme = scheme;
  schemeChanged();
  byId("scheme").addEventListener("click", () => {
    root.dataset.scheme = isDark() ? "light" : "dark";
    remember(root.dataset.scheme);
    schemeChanged();
  });
  media.addEventListener("change", () => { if (!root.dataset.scheme) schemeChanged(); });
}
