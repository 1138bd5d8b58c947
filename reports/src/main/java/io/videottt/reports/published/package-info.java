/** The numbers that the paper prints, and what they were made with. */
package io.videottt.reports.published;
