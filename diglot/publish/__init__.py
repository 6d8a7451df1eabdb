"""From a booklet to files that people read: templates, fonts, images, PDF, EPUB."""
