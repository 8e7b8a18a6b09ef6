"""The map page: folium's map, the base map, the data blocks, and the page's own script and style."""
