/**
 * Files that people write or that come from elsewhere, YAML and JSON: read strictly, within bounds,
 * refused with the place and the way out.
 */
package io.videottt.io.config;
