from prometheus_client import CollectorRegistry

from bot.metrics.meters import GatewayMeter


def test_a_connection_that_is_lost_and_resumed():
    registry = CollectorRegistry()
    meter = GatewayMeter(registry)
    seen = []
    for happens in ("READY", "MESSAGE_CREATE", None, None, "RESUMED", None, "READY"):
        if happens:
            meter.event(happens)
        else:
            meter.disconnected()
        seen.append(registry.get_sample_value("footnote_gateway_connected"))
    assert seen == [1, 1, 0, 0, 1, 0, 1]
    assert registry.get_sample_value("footnote_gateway_sessions_total") == 2
    assert registry.get_sample_value("footnote_gateway_resumes_total") == 1
    assert registry.get_sample_value("footnote_gateway_disconnects_total") == 2
    assert registry.get_sample_value("footnote_gateway_last_event_timestamp_seconds") > 1e9


def test_attempts_before_the_first_connection_lose_none():
    registry = CollectorRegistry()
    GatewayMeter(registry).disconnected()
    assert registry.get_sample_value("footnote_gateway_disconnects_total") == 0
