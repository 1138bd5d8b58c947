/**
 * The definitions of data sets as their YAML files hold them: classes, splits, layouts of files,
 * encodings of labels.
 */
package io.videottt.catalog.definition;
