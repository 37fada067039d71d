using PerfMarketing.Events;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs.Policies;
using static PerfMarketing.Proofs.Policies.StandardPolicies;

namespace PerfMarketing.Proofs;

/// <summary>
/// What usually proves what: one policy for each standard outcome, and for what is often asked beside it.
/// </summary>
/// <remarks>
/// A contract names them by <c>{ "proof": "standard", "of": "list-sign-up" }</c>. They are data: what a name means
/// under a version never changes. Take <see cref="StandardProof.Policy"/> and change it with <c>with</c> where a
/// contract agrees otherwise. Evidence of other kinds than these is a contract's own.
/// </remarks>
public static class ProofPolicies
{
    /// <summary>A served impression: the ad server's log.</summary>
    public static StandardProof Impression => new("impression");

    /// <summary>
    /// A viewable impression by the MRC's thresholds: half of it for a second; 30 % of it from 242,500 pixels on; for
    /// video two seconds.
    /// </summary>
    public static StandardProof ViewableImpression => new("viewable-impression");

    /// <summary>A click: the redirect's log.</summary>
    public static StandardProof Click => new("click");

    /// <summary>A visit: the site's log.</summary>
    public static StandardProof Visit => new("visit");

    /// <summary>A video view of two seconds.</summary>
    public static StandardProof VideoView => new("video-view");

    /// <summary>An engagement, by the platform's report.</summary>
    public static StandardProof Engagement => new("engagement");

    /// <summary>A share, by the platform's report.</summary>
    public static StandardProof Share => new("share");

    /// <summary>A download: the server's log.</summary>
    public static StandardProof Download => new("download");

    /// <summary>
    /// A lead: recorded consent with its text, and a review by the buyer in three days, whose silence accepts.
    /// </summary>
    public static StandardProof Lead => new("lead");

    /// <summary>A lead that the buyer accepted itself.</summary>
    public static StandardProof LeadAccepted => new("lead-accepted");

    /// <summary>A quote request: recorded consent with its text, and the host's record of the request.</summary>
    public static StandardProof QuoteRequest => new("quote-request");

    /// <summary>A sign-up to a list by double opt-in: the request, and its confirmation within seven days.</summary>
    public static StandardProof ListSignUp => new("list-sign-up");

    /// <summary>An enrolment in an initiative: who runs it confirms the membership.</summary>
    public static StandardProof Enrolment => new("enrolment");

    /// <summary>An order, by the shop's message over its amount and number.</summary>
    public static StandardProof Order => new("order");

    /// <summary>A sale, by a message that the order was paid.</summary>
    public static StandardProof Sale => new("sale");

    /// <summary>A payment collected, by the payment provider's message.</summary>
    public static StandardProof PaymentCollected => new("payment-collected");

    /// <summary>
    /// One instalment collected, by the payment provider's message with the number of the instalment: the fact
    /// <c>instalment</c>.
    /// </summary>
    public static StandardProof InstalmentCollected => new("instalment-collected");

    /// <summary>A subscription's start: it was activated, and its first invoice is paid.</summary>
    public static StandardProof SubscriptionStart => new("subscription-start");

    /// <summary>A renewal: its invoice is paid.</summary>
    public static StandardProof SubscriptionRenewal => new("subscription-renewal");

    /// <summary>An app install, by the postback of the platform.</summary>
    public static StandardProof Install => new("install");

    /// <summary>An event in an app, by a signed postback.</summary>
    public static StandardProof InAppEvent => new("in-app-event");

    /// <summary>
    /// A message delivered: the carrier's receipt, a recipient in the target, and not on the opt-out register.
    /// </summary>
    public static StandardProof MessageDelivered => new("message-delivered");

    /// <summary>A message read: the read receipt, and what a delivered message needs beside.</summary>
    public static StandardProof MessageRead => new("message-read");

    /// <summary>A notification delivered: the platform's receipt, and a recipient in the target.</summary>
    public static StandardProof NotificationDelivered => new("notification-delivered");

    /// <summary>
    /// An e-mail delivered and not returned for three days, to a recipient in the target who has not opted out.
    /// </summary>
    public static StandardProof EmailDelivered => new("email-delivered");

    /// <summary>A call received, by a record whose connected seconds agree with the outcome's within two.</summary>
    public static StandardProof CallReceived => new("call-received");

    /// <summary>
    /// An outbound call that a person answered, by its record, to a number that is not on the opt-out register.
    /// </summary>
    public static StandardProof OutboundCallAnswered => new("outbound-call-answered");

    /// <summary>An appointment that was kept.</summary>
    public static StandardProof Appointment => new("appointment");

    /// <summary>A lead that became a customer: its first order is paid.</summary>
    public static StandardProof LeadTurnedCustomer => new("lead-turned-customer");

    /// <summary>Consent that was recorded with its text before or at the outcome.</summary>
    public static StandardProof Consent => new("consent");

    /// <summary>A look into the opt-out register within 31 days before the outcome that found nothing.</summary>
    public static StandardProof NotOptedOut => new("not-opted-out");

    /// <summary>A recipient who belongs to the target that was agreed, as of 90 days before the outcome.</summary>
    public static StandardProof RecipientInTarget => new("recipient-in-target");

    /// <summary>What usually proves a kind of outcome.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The policy; null when the kind is no standard outcome.</returns>
    public static StandardProof? Find(OutcomeKind kind) =>
        OutcomeKinds.Find(kind) is not null && Names.Contains(kind.ToString()) ? new(kind.ToString()) : null;

    /// <summary>The names of all standard policies, sorted.</summary>
    public static ValueList<string> Names { get; } = [.. All.Keys.Order(StringComparer.Ordinal)];
}
