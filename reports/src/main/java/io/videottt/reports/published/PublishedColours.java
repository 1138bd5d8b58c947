package io.videottt.reports.published;

/**
 * One row of the paper's Table 3: colorization of COCO Videos that were turned gray.
 *
 * @param method id of the method; of a method that is not the paper's a name of its own
 * @param title as printed
 * @param fid Frechet Inception Distance, the lower the better
 * @param inceptionScore Inception Score, the higher the better
 * @param inceptionDeviation what stands behind its plus-minus
 * @param lpips learned perceptual distance; the paper prints an arrow up, by its definition the
 *     lower is the better
 * @param psnr peak signal-to-noise ratio, dB
 * @param ssim structural similarity
 */
public record PublishedColours(
    String method,
    String title,
    double fid,
    double inceptionScore,
    double inceptionDeviation,
    double lpips,
    double psnr,
    double ssim) {}
