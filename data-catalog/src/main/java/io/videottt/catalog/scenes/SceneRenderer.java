package io.videottt.catalog.scenes;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Draws a street: upright panels column by column against a depth buffer, nearest first, then the
 * sky and the ground where nothing stands, at twice the resolution in both directions. Colours are
 * averaged, the label is that of one of the four samples. Only exactly rounded operations are used,
 * so that every machine draws the same.
 */
final class SceneRenderer {

  private static final int SAMPLES = 2;
  private static final double NEAR = 0.6;

  /** Narrowest small panel, in pixels of the result. */
  private static final double THIN_WIDTH = 2.2;

  private final int height;
  private final int width;
  private final double focal;
  private final double centre;
  private final float[] colour;
  private final float[] emission;
  private final float[] depth;
  private final byte[] labels;
  private final short[] instances;
  private final SurfaceSample sample = new SurfaceSample();

  /**
   * A renderer for images of one size; its buffers are reused.
   *
   * @param height rows of the result
   * @param width columns of the result
   */
  SceneRenderer(int height, int width) {
    this.height = height * SAMPLES;
    this.width = width * SAMPLES;
    this.focal = StreetCamera.FOCAL_LENGTH * this.width;
    this.centre = this.width / 2.0;
    int size = this.height * this.width;
    this.colour = new float[size * 3];
    this.emission = new float[size];
    this.depth = new float[size];
    this.labels = new byte[size];
    this.instances = new short[size];
  }

  SceneImage render(StreetMoment street, StreetCamera camera) {
    double horizon = camera.horizon() * height;
    Arrays.fill(depth, Float.POSITIVE_INFINITY);
    street.panels().stream()
        .sorted(Comparator.comparingDouble(panel -> nearest(panel, camera)))
        .forEach(panel -> draw(panel, camera, horizon));
    drawSky(street, camera, horizon);
    drawGround(street, camera, horizon);
    return reduce(camera);
  }

  private static double nearest(Panel panel, StreetCamera camera) {
    return Math.min(camera.depth(panel.x0(), panel.z0()), camera.depth(panel.x1(), panel.z1()));
  }

  private void drawSky(StreetMoment street, StreetCamera camera, double horizon) {
    int end = Math.min(height, (int) Math.ceil(horizon));
    for (int y = 0; y < end; y++) {
      double elevation = (horizon - y) / focal;
      for (int x = 0; x < width; x++) {
        if (depth[y * width + x] < Float.POSITIVE_INFINITY) {
          continue;
        }
        double azimuth = (x - centre) / focal + camera.sine();
        street.shadeSky(azimuth, elevation, sample);
        write(y * width + x, SceneImage.SKY_DEPTH, 1, 0);
      }
    }
  }

  private void drawGround(StreetMoment street, StreetCamera camera, double horizon) {
    for (int y = Math.max(0, (int) Math.ceil(horizon)); y < height; y++) {
      double below = Math.max(0.25, y + 0.5 - horizon);
      double z = focal * StreetCamera.HEIGHT / below;
      for (int x = 0; x < width; x++) {
        if (depth[y * width + x] < Float.POSITIVE_INFINITY) {
          continue;
        }
        double right = (x + 0.5 - centre) * z / focal;
        double worldX = camera.x() + right * camera.cosine() + z * camera.sine();
        double worldZ = camera.z() - right * camera.sine() + z * camera.cosine();
        street.shadeGround(worldX, worldZ, z / focal, sample);
        write(y * width + x, (float) z, 1, 0);
      }
    }
  }

  private void draw(Panel panel, StreetCamera camera, double horizon) {
    double rightA = camera.right(panel.x0(), panel.z0());
    double depthA = camera.depth(panel.x0(), panel.z0());
    double rightB = camera.right(panel.x1(), panel.z1());
    double depthB = camera.depth(panel.x1(), panel.z1());
    double alongA = 0;
    double alongB = panel.length();
    if (depthA < NEAR && depthB < NEAR) {
      return;
    }
    if (depthA < NEAR || depthB < NEAR) {
      double share = (NEAR - depthA) / (depthB - depthA);
      double right = rightA + (rightB - rightA) * share;
      double along = alongB * share;
      if (depthA < NEAR) {
        rightA = right;
        depthA = NEAR;
        alongA = along;
      } else {
        rightB = right;
        depthB = NEAR;
        alongB = along;
      }
    }
    double columnA = centre + focal * rightA / depthA;
    double columnB = centre + focal * rightB / depthB;
    double missing = THIN_WIDTH * SAMPLES - Math.abs(columnB - columnA);
    if (panel.small() && missing > 0) {
      double direction = columnA <= columnB ? 0.5 : -0.5;
      columnA -= direction * missing;
      columnB += direction * missing;
    }
    int first = (int) Math.max(0, Math.ceil(Math.min(columnA, columnB) - 0.5));
    int last = (int) Math.min(width - 1, Math.ceil(Math.max(columnA, columnB) - 0.5) - 1);
    for (int x = first; x <= last; x++) {
      double share = (x + 0.5 - columnA) / (columnB - columnA);
      double inverse = 1 / depthA + (1 / depthB - 1 / depthA) * share;
      double z = 1 / inverse;
      double along = (alongA / depthA + (alongB / depthB - alongA / depthA) * share) * z;
      drawColumn(panel, x, z, along, horizon);
    }
  }

  private void drawColumn(Panel panel, int x, double z, double along, double horizon) {
    double scale = focal / z;
    double top = horizon - (panel.top() - StreetCamera.HEIGHT) * scale;
    double bottom = horizon - (panel.bottom() - StreetCamera.HEIGHT) * scale;
    int first = (int) Math.max(0, Math.ceil(top - 0.5));
    int last = (int) Math.min(height - 1, Math.ceil(bottom - 0.5) - 1);
    for (int y = first; y <= last; y++) {
      int pixel = y * width + x;
      if (z >= depth[pixel]) {
        continue;
      }
      double up = (bottom - (y + 0.5)) / scale;
      panel.surface().shade(along, up, 1 / scale, sample);
      if (sample.opaque()) {
        write(pixel, (float) z, panel.light(), panel.instance());
      }
    }
  }

  private void write(int pixel, float z, double light, int instance) {
    colour[pixel * 3] = (float) (sample.red() * light);
    colour[pixel * 3 + 1] = (float) (sample.green() * light);
    colour[pixel * 3 + 2] = (float) (sample.blue() * light);
    emission[pixel] = (float) sample.emission();
    depth[pixel] = z;
    labels[pixel] = (byte) sample.label();
    instances[pixel] = (short) instance;
  }

  private SceneImage reduce(StreetCamera camera) {
    int rows = height / SAMPLES;
    int columns = width / SAMPLES;
    int size = rows * columns;
    SceneImage image =
        new SceneImage(
            rows,
            columns,
            new float[size * 3],
            new float[size],
            new float[size],
            new byte[size],
            new short[size],
            camera.horizon() * rows);
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        reducePixel(image, y * columns + x, y * SAMPLES * width + x * SAMPLES);
      }
    }
    return image;
  }

  private void reducePixel(SceneImage image, int out, int in) {
    int[] corners = {in, in + 1, in + width, in + width + 1};
    for (int corner : corners) {
      for (int channel = 0; channel < 3; channel++) {
        image.colour()[out * 3 + channel] += colour[corner * 3 + channel] / 4;
      }
      image.emission()[out] += emission[corner] / 4;
    }
    // The most frequent label; among equals the nearest, so that thin things keep their width.
    int best = in;
    int bestScore = -1;
    for (int corner : corners) {
      int votes = 0;
      for (int other : corners) {
        if (labels[other] == labels[corner] && instances[other] == instances[corner]) {
          votes++;
        }
      }
      if (votes > bestScore || votes == bestScore && depth[corner] < depth[best]) {
        best = corner;
        bestScore = votes;
      }
    }
    image.labels()[out] = labels[best];
    image.instances()[out] = instances[best];
    image.depth()[out] = depth[best];
  }
}
