/** Conversion of detectron2's configurations, and what a conversion prints. */
package io.videottt.jobs.convert;
