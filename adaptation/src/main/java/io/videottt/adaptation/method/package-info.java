/**
 * The methods that are compared, a file each: those of the paper (Section 4) and the controls of
 * this project. Methods from elsewhere are found by {@link java.util.ServiceLoader} as these are.
 */
package io.videottt.adaptation.method;
