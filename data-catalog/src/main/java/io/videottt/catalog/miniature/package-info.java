/** The paper's data sets in small, written in their authors' layouts. */
package io.videottt.catalog.miniature;
