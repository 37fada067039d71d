using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using PerfMarketing.Primitives;

namespace PerfMarketing.Events;

/// <summary>What kind of result an outcome is: a sale, a lead, an install …</summary>
/// <remarks>
/// An open set: any kebab-case code of 1 to 64 characters is a kind; an integrator's carries a prefix, such as
/// <c>acme.test-drive</c>. <c>default</c> is no kind.
/// </remarks>
[JsonConverter(typeof(TextJsonConverter<OutcomeKind>))]
public readonly record struct OutcomeKind : IParsable<OutcomeKind>
{
    /// <summary>The most characters of a code.</summary>
    public const int LengthMax = KebabText.LengthMax;

    private readonly string? code;

    /// <summary>A kind by its code.</summary>
    /// <param name="code">Lower-case words parted by hyphens, with dots after a prefix.</param>
    /// <exception cref="FormatException">The text may not be a code.</exception>
    public OutcomeKind(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        this.code = KebabText.IsValid(code) ? code : throw new FormatException("A kind is written like sale.");
    }

    /// <summary>The code.</summary>
    /// <exception cref="InvalidOperationException">The kind is <c>default</c>.</exception>
    public string Code => code ?? throw new InvalidOperationException("This kind is default and has no code.");

    /// <summary>Whether this is <c>default</c> and so no kind.</summary>
    public bool IsUnset => code is null;

    /// <summary>An advertisement was shown.</summary>
    public static OutcomeKind Impression { get; } = new("impression");

    /// <summary>An advertisement was shown and could be seen.</summary>
    public static OutcomeKind ViewableImpression { get; } = new("viewable-impression");

    /// <summary>A link was clicked.</summary>
    public static OutcomeKind Click { get; } = new("click");

    /// <summary>Somebody came to the landing.</summary>
    public static OutcomeKind Visit { get; } = new("visit");

    /// <summary>A video was watched for the agreed time.</summary>
    public static OutcomeKind VideoView { get; } = new("video-view");

    /// <summary>Somebody did something with the piece.</summary>
    public static OutcomeKind Engagement { get; } = new("engagement");

    /// <summary>Somebody passed the piece on.</summary>
    public static OutcomeKind Share { get; } = new("share");

    /// <summary>A file was fetched.</summary>
    public static OutcomeKind Download { get; } = new("download");

    /// <summary>Somebody left contact data with consent.</summary>
    public static OutcomeKind Lead { get; } = new("lead");

    /// <summary>Somebody asked for an offer.</summary>
    public static OutcomeKind QuoteRequest { get; } = new("quote-request");

    /// <summary>Somebody joined a mailing list.</summary>
    public static OutcomeKind ListSignUp { get; } = new("list-sign-up");

    /// <summary>Somebody joined an initiative.</summary>
    public static OutcomeKind Enrolment { get; } = new("enrolment");

    /// <summary>Goods or services were ordered.</summary>
    public static OutcomeKind Order { get; } = new("order");

    /// <summary>Goods or services were sold.</summary>
    public static OutcomeKind Sale { get; } = new("sale");

    /// <summary>Money came in.</summary>
    public static OutcomeKind PaymentCollected { get; } = new("payment-collected");

    /// <summary>A subscription began.</summary>
    public static OutcomeKind SubscriptionStart { get; } = new("subscription-start");

    /// <summary>A subscription went on for another period.</summary>
    public static OutcomeKind SubscriptionRenewal { get; } = new("subscription-renewal");

    /// <summary>An app was installed.</summary>
    public static OutcomeKind Install { get; } = new("install");

    /// <summary>Something agreed happened in an app.</summary>
    public static OutcomeKind InAppEvent { get; } = new("in-app-event");

    /// <summary>A text message arrived.</summary>
    public static OutcomeKind MessageDelivered { get; } = new("message-delivered");

    /// <summary>A text message was read.</summary>
    public static OutcomeKind MessageRead { get; } = new("message-read");

    /// <summary>A push notification arrived.</summary>
    public static OutcomeKind NotificationDelivered { get; } = new("notification-delivered");

    /// <summary>An e-mail arrived.</summary>
    public static OutcomeKind EmailDelivered { get; } = new("email-delivered");

    /// <summary>A call came in and was connected.</summary>
    public static OutcomeKind CallReceived { get; } = new("call-received");

    /// <summary>A call was made and answered.</summary>
    public static OutcomeKind OutboundCallAnswered { get; } = new("outbound-call-answered");

    /// <summary>A meeting was agreed.</summary>
    public static OutcomeKind Appointment { get; } = new("appointment");

    /// <summary>A lead bought.</summary>
    public static OutcomeKind LeadTurnedCustomer { get; } = new("lead-turned-customer");

    /// <summary>A kind by its code, so that <c>Kind = "sale"</c> reads well.</summary>
    /// <exception cref="FormatException">The text may not be a code.</exception>
    public static implicit operator OutcomeKind(string code) => new(code);

    /// <inheritdoc/>
    public static OutcomeKind Parse(string s, IFormatProvider? provider = null) => new(s);

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out OutcomeKind result)
    {
        bool valid = KebabText.IsValid(s);
        result = valid ? new(s!) : default;
        return valid;
    }

    /// <summary>The code; empty for <c>default</c>.</summary>
    public override string ToString() => code ?? string.Empty;
}
