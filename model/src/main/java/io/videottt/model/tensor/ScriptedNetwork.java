package io.videottt.model.tensor;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import io.videottt.base.InvalidInputException;
import java.io.ByteArrayInputStream;

/**
 * A network that somebody else has saved by {@code torch.jit.save}, run as it is and without
 * gradients. Such a file is a program: whoever names one runs it, with the engine's functions only.
 * Thread-confined.
 */
public final class ScriptedNetwork implements AutoCloseable {

  private static final int ZIP = 'P' << 8 | 'K';

  private final String source;
  private final PtSymbolBlock module;
  private final NDManager manager;

  private ScriptedNetwork(String source, PtSymbolBlock module, NDManager manager) {
    this.source = source;
    this.module = module;
    this.manager = manager;
  }

  /**
   * Loads a network.
   *
   * @param source its file, for messages
   * @param archive what {@code torch.jit.save} has written
   * @param manager on whose device it is to run; closed with the network
   * @throws InvalidInputException when it is no such file, or one that this engine cannot read
   */
  public static ScriptedNetwork load(String source, byte[] archive, NDManager manager) {
    if (archive.length < 2 || (archive[0] << 8 | archive[1]) != ZIP) {
      throw new InvalidInputException(
          "%s: no TorchScript file; save one with torch.jit.save".formatted(source));
    }
    try {
      JniUtils.setGraphExecutorOptimize(false);
      PtSymbolBlock module =
          JniUtils.loadModule(
              (PtNDManager) manager, new ByteArrayInputStream(archive), true, false);
      return new ScriptedNetwork(source, module, manager);
    } catch (Exception e) {
      throw new InvalidInputException(
          "%s: the engine cannot load it (%s); save it with torch.jit.save of PyTorch %s or older"
              .formatted(source, firstLine(e), version()),
          e);
    }
  }

  private static String version() {
    return ai.djl.engine.Engine.getEngine("PyTorch").getVersion();
  }

  /** Owner of its weights, on its device. */
  public NDManager manager() {
    return manager;
  }

  /**
   * Runs the network.
   *
   * @return the tensor or the tensors that it returns, in the current scope
   * @throws InvalidInputException when it fails or returns something else
   */
  public NDList forward(NDArray... inputs) {
    boolean gradients = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    try (IValue result = TorchScript.run(module, "forward", (Object[]) inputs)) {
      if (result.isTensor()) {
        return new NDList(result.toTensor((PtNDManager) manager));
      }
      NDList outputs = new NDList();
      if (result.isTuple()) {
        for (IValue value : result.toIValueTuple()) {
          try (value) {
            outputs.add(tensor(value));
          }
        }
        return outputs;
      }
      throw new InvalidInputException(
          "%s: returns neither a tensor nor a tuple of tensors".formatted(source));
    } catch (EngineException e) {
      throw new InvalidInputException("%s: fails (%s)".formatted(source, firstLine(e)), e);
    } finally {
      JniUtils.setGradMode(gradients);
    }
  }

  private NDArray tensor(IValue value) {
    if (!value.isTensor()) {
      throw new InvalidInputException(
          "%s: returns a tuple with something else than tensors".formatted(source));
    }
    return value.toTensor((PtNDManager) manager);
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  @Override
  public void close() {
    module.close();
    manager.close();
  }
}
