/** Videos as folders of pictures, with label maps or KITTI-STEP's panoptic maps beside them. */
package io.videottt.catalog.folders;
