using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>The fields that Twilio documents for callbacks of messages and calls.</summary>
internal static class TwilioNames
{
    // Sources: Twilio, "Track the Message Status of Outbound Messages", "Call resource: StatusCallback" and "TwiML
    // Voice request parameters". Body and its like, which people write, are here so that they are seen.
    internal static ValueList<string> All { get; } =
    [
        "AccountSid", "AnsweredBy", "ApiVersion", "Body", "CallDuration", "CallSid", "CallStatus", "CallbackSource",
        "Called", "CalledCity", "CalledCountry", "CalledState", "CalledZip", "Caller", "CallerCity", "CallerCountry",
        "CallerName", "CallerState", "CallerZip", "ChannelInstallSid", "ChannelPrefix", "ChannelStatusMessage",
        "ChannelToAddress", "Digits", "Direction", "Duration", "ErrorCode", "ErrorMessage", "EventType",
        "ForwardedFrom", "From", "FromCity", "FromCountry", "FromState", "FromZip", "MessageSid", "MessageStatus",
        "MessagingServiceSid", "NumMedia", "NumSegments", "ParentCallSid", "RawDlrDoneDate", "RecordingDuration",
        "RecordingSid", "RecordingUrl", "SequenceNumber", "SipResponseCode", "SmsMessageSid", "SmsSid", "SmsStatus",
        "Timestamp", "To", "ToCity", "ToCountry", "ToState", "ToZip",
    ];

    /// <summary>Those whose values people write.</summary>
    internal static ValueList<string> Written { get; } = ["Body", "CallerName"];
}
