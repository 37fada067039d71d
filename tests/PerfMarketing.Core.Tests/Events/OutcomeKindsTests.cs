using PerfMarketing.Events;

namespace PerfMarketing.Tests.Events;

public sealed class OutcomeKindsTests
{
    [Theory]
    [InlineData("impression", "impression", "CPM", "server-log")]
    [InlineData("viewable-impression", "viewable impression", "vCPM", "viewability-report")]
    [InlineData("click", "click", "CPC", "server-log")]
    [InlineData("visit", "visit", "CPC", "server-log")]
    [InlineData("video-view", "view", "CPV", "player-log")]
    [InlineData("engagement", "engagement", "CPE", "platform-report")]
    [InlineData("share", "share", "CPE", "platform-report")]
    [InlineData("download", "download", "CPA", "server-log")]
    [InlineData("lead", "lead", "CPL", "consent-record")]
    [InlineData("quote-request", "quote request", "CPQ", "consent-record")]
    [InlineData("list-sign-up", "sign-up", "CPL", "double-opt-in")]
    [InlineData("enrolment", "enrolment", "CPA", "membership-claim")]
    [InlineData("order", "order", "CPO", "order-webhook")]
    [InlineData("sale", "sale", "CPS", "order-webhook")]
    [InlineData("payment-collected", "payment", "revenue share", "payment-webhook")]
    [InlineData("subscription-start", "subscription", "CPA", "payment-webhook")]
    [InlineData("subscription-renewal", "renewal", "revenue share", "payment-webhook")]
    [InlineData("install", "install", "CPI", "install-postback")]
    [InlineData("in-app-event", "event", "CPA", "signed-postback")]
    [InlineData("message-delivered", "message", "CPD", "delivery-receipt")]
    [InlineData("message-read", "message read", "CPD", "read-receipt")]
    [InlineData("notification-delivered", "notification", "CPD", "delivery-receipt")]
    [InlineData("email-delivered", "e-mail", "CPD", "delivery-receipt")]
    [InlineData("call-received", "call", "CPCall", "call-record")]
    [InlineData("outbound-call-answered", "call", "CPCall", "call-record")]
    [InlineData("appointment", "appointment", "CPA", "signed-postback")]
    [InlineData("lead-turned-customer", "customer", "CPA", "order-webhook")]
    public void A_standard_outcome_has_its_usual_terms(string code, string unit, string priceModel, string proof) =>
        OutcomeKinds.Find(code).Should().Be(new StandardOutcome(code, unit, priceModel, proof));

    [Fact]
    public void Every_kind_with_a_name_is_in_the_table_once()
    {
        IEnumerable<OutcomeKind> named = typeof(OutcomeKind).GetProperties()
            .Where(static p => p.PropertyType == typeof(OutcomeKind))
            .Select(static p => (OutcomeKind)p.GetValue(null)!);

        OutcomeKinds.All.Select(static o => o.Kind).Should().BeEquivalentTo(named).And.HaveCount(27);
    }

    [Fact]
    public void An_integrators_own_kind_is_not_standard() => OutcomeKinds.Find("acme.test-drive").Should().BeNull();
}
