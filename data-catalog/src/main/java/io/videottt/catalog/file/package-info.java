/**
 * The files of a data set as they are found: listings, reading within bounds, what is wrong with a
 * file, what belongs to nothing.
 */
package io.videottt.catalog.file;
