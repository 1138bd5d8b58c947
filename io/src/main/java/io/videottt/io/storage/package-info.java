/**
 * Files and folders on any Hadoop file system: locations, paths that cannot leave their folder,
 * files that are visible only when they are whole.
 */
package io.videottt.io.storage;
