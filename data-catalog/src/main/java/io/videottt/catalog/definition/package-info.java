/**
 * The definitions of data sets as their YAML files hold them: classes, splits, and what a layout of
 * files has to say; layouts stand in {@code catalog.folders}, {@code catalog.coco}, {@code
 * catalog.scenes} and in other jars.
 */
package io.videottt.catalog.definition;
