"""The office at a glance: ``index.html``, its figures and charts."""
