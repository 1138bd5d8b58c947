/** Predictions for images and videos, as pictures, videos and in COCO's formats. */
package io.videottt.jobs.predict;
