package io.videottt.model.features;

import java.io.Serializable;
import java.util.Optional;

/** Where the networks that colours are looked at with lie: TorchScript files, any Hadoop paths. */
public final class FeatureFiles implements Serializable {

  private static final long serialVersionUID = 1;

  /** No networks. */
  public static final FeatureFiles NONE = new FeatureFiles(null, null);

  private final String inception;
  private final String lpips;

  /**
   * @param inception see {@link InceptionNetwork}; null for none
   * @param lpips see {@link PerceptualDistance}; null for none
   */
  public FeatureFiles(String inception, String lpips) {
    this.inception = inception;
    this.lpips = lpips;
  }

  /** For the Frechet Inception Distance and the Inception Score. */
  public Optional<String> inception() {
    return Optional.ofNullable(inception);
  }

  /** For LPIPS. */
  public Optional<String> lpips() {
    return Optional.ofNullable(lpips);
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return inception == null && lpips == null;
  }
}
