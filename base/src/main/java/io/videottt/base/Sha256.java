package io.videottt.base;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, written as {@value #DIGITS} hexadecimal digits. */
public final class Sha256 {

  /** Length of a digest as text. */
  public static final int DIGITS = 64;

  /** Length of an {@link #id}. */
  public static final int ID_DIGITS = 32;

  private Sha256() {}

  /** A new digest, to be fed piece by piece. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** What a digest has come to; it begins anew. */
  public static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The digest of some bytes. */
  public static String of(byte[] bytes) {
    MessageDigest digest = digest();
    digest.update(bytes);
    return hex(digest);
  }

  /** The first {@value #ID_DIGITS} digits of a text's digest, an id that fits into file names. */
  public static String id(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8)).substring(0, ID_DIGITS);
  }

  /** Whether a text may be a digest. */
  public static boolean isDigest(String text) {
    return text != null && text.matches("[0-9a-f]{64}");
  }
}
