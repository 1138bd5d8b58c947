/**
 * Video files as people have them (mp4, mov, mkv, avi, webm): decoded by FFmpeg's libraries frame
 * after frame from any Hadoop file system, without being written to disk, and written in formats
 * that every player shows.
 */
package io.videottt.catalog.film;
