/** Predictions for folders of images, as pictures and in COCO's formats. */
package io.videottt.jobs.predict;
