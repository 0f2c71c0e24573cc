// Where it is: the map, the address search and the device's position all set the same two fields of the form.
const form = document.getElementById("report");
const where = document.getElementById("where");
const locate = form?.querySelector("[data-locate]");

async function say(lon, lat) {
  form.elements["place-lon"].value = lon.toFixed(6);
  form.elements["place-lat"].value = lat.toFixed(6);
  const answer = await fetch(`${where.dataset.where}?lon=${lon}&lat=${lat}`);
  if (answer.ok) where.textContent = (await answer.text()).trim();
}

function show(lon, lat) {
  form.dispatchEvent(new CustomEvent("point-set", { detail: { lon, lat } }));
  return say(lon, lat);
}

function forgetSpots() {
  for (const spot of form.querySelectorAll("[name=place-spot]:checked")) spot.checked = false;
}

if (form && where) {
  form.addEventListener("point-picked", ({ detail }) => {
    forgetSpots();
    say(detail.lon, detail.lat);
  });
  form.addEventListener("change", ({ target }) => {
    if (target.name === "place-spot") show(...target.value.split(",").map(Number));
  });
  form.addEventListener("submit", () => {
    // The second press of the same button changes nothing; the form stays usable if the answer never comes.
    form.setAttribute("aria-busy", "true");
  });
}

if (locate && "geolocation" in navigator) {
  locate.hidden = false;
  locate.addEventListener("click", () => {
    locate.disabled = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        locate.disabled = false;
        forgetSpots();
        show(coords.longitude, coords.latitude);
      },
      () => {
        locate.disabled = false;
        where.textContent = locate.dataset.refused;
      },
      { enableHighAccuracy: true, timeout: 10_000 },
    );
  });
}
