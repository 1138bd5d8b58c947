package io.videottt.catalog;

import io.videottt.catalog.video.Frame;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Short hashes of pixels and labels, for tests that hold them. */
public final class Digests {

  private Digests() {}

  public static String of(Frame frame) {
    return of(frame.image().pixels(), frame.labels().orElseThrow().labels());
  }

  public static String of(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
