package io.videottt.adaptation;

import ai.djl.pytorch.jni.JniUtils;

/** The engine's threads, a setting of the calling thread's work. */
final class EngineThreads {

  private EngineThreads() {}

  /** Sets how many threads an operation started by this thread may use. */
  static void use(int threads) {
    JniUtils.setNumThreads(threads);
  }
}
