/**
 * COCO's annotation files as ground truth and as results: index, panoptic segments, objects, stills
 * and videos.
 */
package io.videottt.catalog.coco;
