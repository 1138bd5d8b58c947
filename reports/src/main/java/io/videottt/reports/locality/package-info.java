/** The table of estimated and measured windows. */
package io.videottt.reports.locality;
