/**
 * Results as reports know them: measurements, differences, protocols, what they were measured on.
 */
package io.videottt.reports;
