package io.videottt.adaptation.engine;

import ai.djl.engine.Engine;
import ai.djl.pytorch.engine.PtEngine;
import ai.djl.pytorch.jni.JniUtils;

/** What the engine keeps per thread. */
public final class EngineThread {

  private EngineThread() {}

  /**
   * Prepares the calling thread for the engine: operations are not recorded outside of {@link
   * io.videottt.model.tensor.Autograd#backward}, which in a new thread they would be.
   *
   * @param threads how many threads an operation that this thread starts may use
   */
  public static void prepare(int threads) {
    // The native library is loaded with the engine; before that the calls below do not link.
    Engine.getEngine(PtEngine.ENGINE_NAME);
    JniUtils.setGradMode(false);
    JniUtils.setNumThreads(threads);
  }
}
