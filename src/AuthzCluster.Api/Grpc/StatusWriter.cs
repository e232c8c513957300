using System.Globalization;
using System.Text;
using AuthzCluster.Api.Http;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Api.Grpc;

/// <summary>Writes how a call ended: among its headers where nothing was sent before, else behind its messages.</summary>
internal static class StatusWriter
{
    private const string Status = "grpc-status", Message = "grpc-message", Details = "grpc-status-details-bin";

    /// <summary>It ended well.</summary>
    public static void Append(HttpContext http) => http.Response.AppendTrailer(Status, "0");

    /// <summary>It did not.</summary>
    public static void Write(HttpContext http, Problem problem)
    {
        var (code, message, details) = StatusTable.Of(problem);
        Put(Status, code.ToString(CultureInfo.InvariantCulture));
        Put(Message, Encode(message));
        Put(Details, Convert.ToBase64String(details.ToByteArray()).TrimEnd('='));

        void Put(string name, string value)
        {
            if (http.Response.HasStarted)
            {
                http.Response.AppendTrailer(name, value);
            }
            else
            {
                http.Response.Headers[name] = value;
            }
        }
    }

    /// <summary>A text as a header has it: UTF-8, each byte that is not printable ASCII, and the percent sign, percent-encoded.</summary>
    public static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (b is >= 0x20 and <= 0x7E and not (byte)'%')
            {
                encoded.Append((char)b);
            }
            else
            {
                encoded.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
            }
        }
        return encoded.ToString();
    }
}
