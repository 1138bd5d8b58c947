/**
 * What every module may use and nothing of a module's own: what a user's mistake is called, the
 * tasks, checksums, the version, text made fit to be printed.
 */
package io.videottt.base;
