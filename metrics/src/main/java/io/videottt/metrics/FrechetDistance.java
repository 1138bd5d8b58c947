package io.videottt.metrics;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The Frechet distance between two sets of images by their features (Heusel et al., "GANs trained
 * by a two time-scale update rule", 2017): {@code |m1 - m2|^2 + Tr(C1 + C2 - 2 (C1 C2)^(1/2))} of
 * their means and covariances. With the features of Inception's last pooling it is the Frechet
 * Inception Distance (FID). 0 between equal sets, the lower the better.
 *
 * <p>The trace of the root is the sum of the roots of the eigenvalues of {@code F^T C2 F} with
 * {@code C1 = F F^T}, which is symmetric: fewer images than features, where covariances are
 * singular, need no offset on their diagonals.
 */
public final class FrechetDistance {

  private FrechetDistance() {}

  /**
   * The distance.
   *
   * @return at least 0
   * @throws IllegalArgumentException when the features are not of one network
   * @throws IllegalStateException of fewer than two images on a side
   */
  public static double between(FeatureMoments truth, FeatureMoments prediction) {
    if (truth.features() != prediction.features()) {
      throw new IllegalArgumentException(
          "%d features against %d".formatted(truth.features(), prediction.features()));
    }
    int side = truth.features();
    DMatrixRMaj ofTruth = DMatrixRMaj.wrap(side, side, truth.covariance());
    DMatrixRMaj ofPrediction = DMatrixRMaj.wrap(side, side, prediction.covariance());
    double distance = CommonOps_DDRM.trace(ofTruth) + CommonOps_DDRM.trace(ofPrediction);
    double[] one = truth.mean();
    double[] other = prediction.mean();
    for (int i = 0; i < side; i++) {
      distance += (one[i] - other[i]) * (one[i] - other[i]);
    }
    return Math.max(0, distance - 2 * traceOfRoot(ofTruth, ofPrediction));
  }

  private static double traceOfRoot(DMatrixRMaj first, DMatrixRMaj second) {
    int side = first.numRows;
    DMatrixRMaj root = root(first);
    DMatrixRMaj half = new DMatrixRMaj(side, side);
    CommonOps_DDRM.mult(second, root, half);
    DMatrixRMaj product = new DMatrixRMaj(side, side);
    CommonOps_DDRM.multTransA(root, half, product);
    EigenDecomposition_F64<DMatrixRMaj> eigen = decomposed(product, false);
    double trace = 0;
    for (int i = 0; i < side; i++) {
      trace += Math.sqrt(Math.max(0, eigen.getEigenvalue(i).getReal()));
    }
    return trace;
  }

  /** F with {@code F F^T} equal to a covariance, whose rounding may have left small negatives. */
  private static DMatrixRMaj root(DMatrixRMaj covariance) {
    int side = covariance.numRows;
    EigenDecomposition_F64<DMatrixRMaj> eigen = decomposed(covariance, true);
    DMatrixRMaj root = new DMatrixRMaj(side, side);
    for (int column = 0; column < side; column++) {
      double scale = Math.sqrt(Math.max(0, eigen.getEigenvalue(column).getReal()));
      DMatrixRMaj vector = eigen.getEigenVector(column);
      for (int row = 0; row < side && scale > 0; row++) {
        root.set(row, column, scale * vector.get(row));
      }
    }
    return root;
  }

  private static EigenDecomposition_F64<DMatrixRMaj> decomposed(
      DMatrixRMaj symmetric, boolean vectors) {
    EigenDecomposition_F64<DMatrixRMaj> eigen =
        DecompositionFactory_DDRM.eig(symmetric.numRows, vectors, true);
    if (!eigen.decompose(symmetric.copy())) {
      throw new IllegalArgumentException("the covariance of these features has no eigenvalues");
    }
    return eigen;
  }
}
