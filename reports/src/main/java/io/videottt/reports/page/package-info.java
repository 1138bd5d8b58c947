/** The report's page: its sections, its style, its security policy. */
package io.videottt.reports.page;
