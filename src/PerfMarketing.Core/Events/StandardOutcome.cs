using PerfMarketing.Primitives;

namespace PerfMarketing.Events;

/// <summary>What is usual for a kind of outcome; contracts may agree otherwise.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Unit">What one of it is called, in the singular, such as <c>click</c>.</param>
/// <param name="PriceModel">The usual price model by its friendly name, such as <c>CPC</c>.</param>
/// <param name="Proof">What usually proves it, in kebab-case, such as <c>order-webhook</c>.</param>
public sealed record StandardOutcome(OutcomeKind Kind, string Unit, string PriceModel, string Proof);

/// <summary>The outcomes that everybody knows: a table to start from, not a limit.</summary>
public static class OutcomeKinds
{
    /// <summary>All standard outcomes, each kind once.</summary>
    public static ValueList<StandardOutcome> All { get; } =
    [
        new(OutcomeKind.Impression, "impression", "CPM", "server-log"),
        new(OutcomeKind.ViewableImpression, "viewable impression", "vCPM", "viewability-report"),
        new(OutcomeKind.Click, "click", "CPC", "server-log"),
        new(OutcomeKind.Visit, "visit", "CPC", "server-log"),
        new(OutcomeKind.VideoView, "view", "CPV", "player-log"),
        new(OutcomeKind.Engagement, "engagement", "CPE", "platform-report"),
        new(OutcomeKind.Share, "share", "CPE", "platform-report"),
        new(OutcomeKind.Download, "download", "CPA", "server-log"),
        new(OutcomeKind.Lead, "lead", "CPL", "consent-record"),
        new(OutcomeKind.QuoteRequest, "quote request", "CPQ", "consent-record"),
        new(OutcomeKind.ListSignUp, "sign-up", "CPL", "double-opt-in"),
        new(OutcomeKind.Enrolment, "enrolment", "CPA", "membership-claim"),
        new(OutcomeKind.Order, "order", "CPO", "order-webhook"),
        new(OutcomeKind.Sale, "sale", "CPS", "order-webhook"),
        new(OutcomeKind.PaymentCollected, "payment", "revenue share", "payment-webhook"),
        new(OutcomeKind.SubscriptionStart, "subscription", "CPA", "payment-webhook"),
        new(OutcomeKind.SubscriptionRenewal, "renewal", "revenue share", "payment-webhook"),
        new(OutcomeKind.Install, "install", "CPI", "install-postback"),
        new(OutcomeKind.InAppEvent, "event", "CPA", "signed-postback"),
        new(OutcomeKind.MessageDelivered, "message", "CPD", "delivery-receipt"),
        new(OutcomeKind.MessageRead, "message read", "CPD", "read-receipt"),
        new(OutcomeKind.NotificationDelivered, "notification", "CPD", "delivery-receipt"),
        new(OutcomeKind.EmailDelivered, "e-mail", "CPD", "delivery-receipt"),
        new(OutcomeKind.CallReceived, "call", "CPCall", "call-record"),
        new(OutcomeKind.OutboundCallAnswered, "call", "CPCall", "call-record"),
        new(OutcomeKind.Appointment, "appointment", "CPA", "signed-postback"),
        new(OutcomeKind.LeadTurnedCustomer, "customer", "CPA", "order-webhook"),
    ];

    /// <summary>What is usual for a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The standard outcome; null when the kind is an integrator's own.</returns>
    public static StandardOutcome? Find(OutcomeKind kind)
    {
        foreach (StandardOutcome outcome in All)
        {
            if (outcome.Kind == kind)
            {
                return outcome;
            }
        }

        return null;
    }
}
