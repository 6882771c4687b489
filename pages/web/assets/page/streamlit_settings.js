/* Loaded before Streamlit, which reads this when it starts: where its server is. No data in here. */
window.__streamlit = {
  // without this, opening an address such as /forslag directly asks for /forslag/_stcore/… first
  BACKEND_BASE_URL: location.origin,
  MAIN_PAGE_BASE_URL: location.origin,
  // what a page that holds ours in a frame may do is asked for in a file of ours, which says: nothing
  HOST_CONFIG_BASE_URL: `${location.origin}/assets`,
  // Streamlit's own dialogs name commands and files; contact.js says what a person needs to know
  HOST_CONFIG: {blockErrorDialogs: true},
};
