/** The methods and their settings: presets, what each method uses of them, and what is checked. */
package io.videottt.adaptation.settings;
