using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Delivery;

/// <summary>The tables of this library: what the delivery statuses of the usual providers mean.</summary>
/// <remarks>
/// Sources: SMPP 3.4 section 5.2.28 and the text form of its receipts, Twilio's and SendGrid's documentation, RFC 3464;
/// the mapping is ours. A contract replaces single statuses, see <see cref="DeliveryTerms.Statuses"/>.
/// </remarks>
public static class DeliveryStates
{
    /// <summary>SMPP 3.4 <c>message_state</c>, by number and by name.</summary>
    public static DeliveryTable Smpp { get; } = new(
        "smpp",
        [
            .. Numbered(1, "ENROUTE", DeliveryOutcome.Sent, isFinal: false),
            .. Numbered(2, "DELIVERED", DeliveryOutcome.Delivered),
            .. Numbered(3, "EXPIRED", DeliveryOutcome.Expired),
            .. Numbered(4, "DELETED", DeliveryOutcome.Failed),
            .. Numbered(5, "UNDELIVERABLE", DeliveryOutcome.Failed),
            .. Numbered(6, "ACCEPTED", DeliveryOutcome.Accepted),
            .. Numbered(7, "UNKNOWN", DeliveryOutcome.Unknown, isFinal: false),
            .. Numbered(8, "REJECTED", DeliveryOutcome.Failed),
        ]);

    /// <summary>The <c>stat:</c> field of a delivery receipt in text form.</summary>
    /// <remarks>
    /// <c>ACCEPTD</c> is documented by some operators as received by the end user and by others as taken over by the
    /// centre: it counts only where a contract names <see cref="DeliveryOutcome.Accepted"/>.
    /// </remarks>
    public static DeliveryTable DlrText { get; } = new(
        "dlr-text",
        Open("ENROUTE", DeliveryOutcome.Sent),
        Final("DELIVRD", DeliveryOutcome.Delivered),
        Final("EXPIRED", DeliveryOutcome.Expired),
        Final("DELETED", DeliveryOutcome.Failed),
        Final("UNDELIV", DeliveryOutcome.Failed),
        Final("ACCEPTD", DeliveryOutcome.Accepted),
        Open("UNKNOWN", DeliveryOutcome.Unknown),
        Final("REJECTD", DeliveryOutcome.Failed));

    /// <summary>The <c>MessageStatus</c> of Twilio.</summary>
    /// <remarks><c>sent</c> may stay the last word where the carrier sends no receipt: it is not delivered.</remarks>
    public static DeliveryTable TwilioMessage { get; } = new(
        "twilio-message",
        Open("queued", DeliveryOutcome.None),
        Open("accepted", DeliveryOutcome.None),
        Open("scheduled", DeliveryOutcome.None),
        Open("sending", DeliveryOutcome.None),
        Open("sent", DeliveryOutcome.Sent),
        Final("delivered", DeliveryOutcome.Delivered),
        Final("undelivered", DeliveryOutcome.Failed),
        Final("failed", DeliveryOutcome.Failed),
        Final("read", DeliveryOutcome.Read),
        Final("canceled", DeliveryOutcome.Failed),
        Open("partially_delivered", DeliveryOutcome.Unknown),
        Open("receiving", DeliveryOutcome.None),
        Open("received", DeliveryOutcome.None));

    /// <summary>The <c>CallStatus</c> of Twilio; how long the caller was connected is judged apart.</summary>
    public static DeliveryTable TwilioCall { get; } = new(
        "twilio-call",
        Open("queued", DeliveryOutcome.None),
        Open("initiated", DeliveryOutcome.None),
        Open("ringing", DeliveryOutcome.None),
        Open("in-progress", DeliveryOutcome.None),
        Final("completed", DeliveryOutcome.Delivered),
        Final("busy", DeliveryOutcome.Failed),
        Final("no-answer", DeliveryOutcome.Failed),
        Final("failed", DeliveryOutcome.Failed),
        Final("canceled", DeliveryOutcome.Failed));

    /// <summary>The <c>event</c> of SendGrid.</summary>
    /// <remarks>
    /// <c>delivered</c> means that the recipient's mail server took it, not that anybody read it; <c>open</c> and
    /// <c>click</c> are caused by mail proxies and link scanners too, and so are weak.
    /// </remarks>
    public static DeliveryTable SendGrid { get; } = new(
        "sendgrid",
        Open("processed", DeliveryOutcome.Accepted),
        Open("deferred", DeliveryOutcome.None),
        Final("delivered", DeliveryOutcome.Delivered),
        Final("bounce", DeliveryOutcome.Failed),
        Final("dropped", DeliveryOutcome.Failed),
        Open("open", DeliveryOutcome.Read) with { IsWeak = true },
        Open("click", DeliveryOutcome.Read) with { IsWeak = true },
        Final("spamreport", DeliveryOutcome.Delivered),
        Final("unsubscribe", DeliveryOutcome.Delivered),
        Final("group_unsubscribe", DeliveryOutcome.Delivered),
        Final("group_resubscribe", DeliveryOutcome.Delivered));

    /// <summary>The <c>Action</c> of a delivery status notification, RFC 3464 section 2.3.3.</summary>
    public static DeliveryTable Dsn { get; } = new(
        "dsn",
        Final("delivered", DeliveryOutcome.Delivered),
        Final("failed", DeliveryOutcome.Failed),
        Open("delayed", DeliveryOutcome.None),
        Final("relayed", DeliveryOutcome.Sent),
        Final("expanded", DeliveryOutcome.Sent));

    /// <summary>All tables.</summary>
    public static ValueList<DeliveryTable> All { get; } = [Smpp, DlrText, TwilioMessage, TwilioCall, SendGrid, Dsn];

    /// <summary>A table by its name; null when none has it.</summary>
    /// <param name="name">The name.</param>
    public static DeliveryTable? Find(string? name)
    {
        foreach (DeliveryTable table in All)
        {
            if (table.Name == name)
            {
                return table;
            }
        }

        return null;
    }

    private static DeliveryStatus Open(string status, DeliveryOutcome outcome) => new(status, outcome);

    private static DeliveryStatus Final(string status, DeliveryOutcome outcome) =>
        new(status, outcome) { IsFinal = true };

    private static DeliveryStatus[] Numbered(int number, string name, DeliveryOutcome outcome, bool isFinal = true)
    {
        DeliveryStatus named = new(name, outcome) { IsFinal = isFinal };
        return [named with { Status = InvariantText.Of(number) }, named];
    }
}
