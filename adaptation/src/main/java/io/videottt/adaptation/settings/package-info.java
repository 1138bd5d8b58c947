/** The settings of test-time training: presets, and what is checked. */
package io.videottt.adaptation.settings;
