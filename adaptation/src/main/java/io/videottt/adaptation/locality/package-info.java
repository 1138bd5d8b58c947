/** The estimate of the best window from gradients: bias against variance, frame by frame. */
package io.videottt.adaptation.locality;
