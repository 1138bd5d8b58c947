/**
 * Pictures, decoded the same everywhere and checked to be whole: PNG and JPEG, orientation,
 * resizing, maps of labels and segment ids.
 */
package io.videottt.catalog.image;
