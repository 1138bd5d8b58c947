/** Spark rows of images to rows of class masks. */
package io.videottt.jobs.ml;
