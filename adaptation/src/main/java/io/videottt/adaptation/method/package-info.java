/**
 * The methods that are compared, a file each: those of the paper (Section 4) and the controls of
 * this project; methods of other jars are found beside them.
 */
package io.videottt.adaptation.method;
