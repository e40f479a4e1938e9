import numpy as np
import openvino
import pytest
from openvino import opset13 as op

from index.models.conversion import LEVELS, MIN_WIDTH, compress

WIDTH = 96
RNG = np.random.default_rng(1)
INPUT = RNG.normal(0, 1, (5, WIDTH)).astype(np.float32)
HALF_ULP = 2.0**-11
"""Of float16, which the scales are in."""


def matrix(rows, columns):
    """Rows and columns of very different size, so that a common scale would be coarse."""
    sizes = np.logspace(-1, 1, max(rows, columns))
    values = RNG.normal(0, 1, (rows, columns))
    return (values * (sizes[:rows, None] if rows > columns else sizes[:columns])).astype(np.float32)


def model(weights, *, outputs_first, halved=False):
    """One matrix product, with the weights as a converted model has them."""
    given = op.parameter([-1, WIDTH], np.float32, name="given")
    constant = op.constant(weights.astype(np.float16) if halved else weights)
    if halved:
        constant = op.convert(constant, "f32")
    product = op.matmul(given, constant, False, outputs_first)
    return openvino.Model([op.result(product)], [given])


def outputs(made):
    settings = {"INFERENCE_PRECISION_HINT": "f32", "DYNAMIC_QUANTIZATION_GROUP_SIZE": 0}
    return openvino.compile_model(made, "CPU", settings)([INPUT])[0]


def constants(made):
    nodes = [node for node in made.get_ordered_ops() if node.get_type_name() == "Constant"]
    return {str(node.get_element_type().to_dtype()): node.get_data() for node in nodes}


@pytest.mark.parametrize("halved", [False, True])
@pytest.mark.parametrize("outputs_first", [False, True])
@pytest.mark.parametrize("count", [MIN_WIDTH, 200])
def test_a_product_stays_within_the_rounding_of_its_own_output(count, outputs_first, halved):
    weights = matrix(count, WIDTH)  # a row for each output
    stored = weights if outputs_first else weights.T.copy()
    made = model(stored, outputs_first=outputs_first, halved=halved)
    before = outputs(made)
    compress(made)
    step = np.abs(weights).max(axis=1) / LEVELS
    each = step / 2 + np.abs(weights).max(axis=1) * 4 * HALF_ULP
    off = np.abs(outputs(made) - before)
    assert (off <= np.abs(INPUT).sum(axis=1, keepdims=True) * each + 1e-4).all()
    assert off.max() > 0
    whole = constants(made)["int8"]
    assert whole.shape == stored.shape
    assert np.abs(whole).max(axis=int(outputs_first)).tolist() == [LEVELS] * count


def test_outputs_of_zeros_stay_zero():
    weights = matrix(MIN_WIDTH, WIDTH)
    weights[3] = 0
    made = model(weights, outputs_first=True)
    compress(made)
    found = outputs(made)
    assert not found[:, 3].any()
    assert np.isfinite(found).all()
    assert found.any(axis=0).sum() == MIN_WIDTH - 1


@pytest.mark.parametrize("outputs_first", [False, True])
@pytest.mark.parametrize("count", [1, 2, MIN_WIDTH - 1])
def test_narrow_matrices_are_left_alone(count, outputs_first):
    weights = matrix(count, WIDTH) if outputs_first else matrix(count, WIDTH).T.copy()
    made = model(weights, outputs_first=outputs_first)
    before = outputs(made)
    compress(made)
    np.testing.assert_array_equal(constants(made)["float32"], weights)
    np.testing.assert_array_equal(outputs(made), before)


def test_products_of_inputs_have_nothing_to_compress():
    given = op.parameter([-1, WIDTH], np.float32)
    product = op.matmul(given, given, False, True)
    made = openvino.Model([op.result(product)], [given])
    before = outputs(made)
    compress(made)
    np.testing.assert_array_equal(outputs(made), before)
    assert constants(made) == {}
