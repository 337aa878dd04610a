extension Glossary {
  static let stack: [GlossaryEntry] = [
    entry(
      "protocol-stack", "protocol stack", "프로토콜 스택 (TCP/IP 스택)",
      ko: "네트워크 일을 맡은 OS 안의 소프트웨어",
      en: "OS software that does the network work"),
    entry(
      "layer", "layer", "계층",
      ko: "일을 맡기고 맡는 한 단계",
      en: "one level of work delegation"),
    entry(
      "application", "application", "애플리케이션 (앱, 응용 프로그램)",
      ko: "데이터를 보내고 받으려는 프로그램",
      en: "program that wants data carried"),
    entry(
      "socket-library", "socket library", book: "Socket 라이브러리", "소켓 API",
      ko: "스택을 부르는 함수 모음",
      en: "functions by which programs call the stack"),
    entry(
      "resolver", "resolver", "리졸버 (DNS 리졸버)",
      ko: "DNS에 물어보는 부품",
      en: "part that asks the DNS"),
    entry(
      "socket", "socket (record)", "소켓",
      ko: "통신 하나의 제어 정보를 적은 메모리",
      en: "control information of one communication in memory"),
    entry(
      "socket-address", "socket (address pair)", "소켓 주소(IP:포트)",
      ko: "IP 주소와 포트를 합친 것",
      en: "IP address plus port (RFC sense)"),
    entry(
      "control-information", "control information", "제어 정보 (제어 블록 TCB)",
      ko: "스택이 보고 움직이는 정보",
      en: "what the stack consults to decide"),
    entry(
      "tcb", "TCB (transmission control block)", "TCB, 연결 제어 블록",
      ko: "TCP 소켓 기록의 표준 이름",
      en: "RFC name of TCP's record"),
    entry(
      "descriptor", "descriptor", book: "디스크립터", "파일 디스크립터(fd)",
      ko: "앱이 소켓을 가리키는 번호표",
      en: "application's number for a socket"),
    entry(
      "port-number", "port number", "포트 번호",
      ko: "그 기계의 어느 소켓인지 나타내는 번호",
      en: "which socket on that machine"),
    entry(
      "ephemeral-port", "ephemeral port", "임시 포트(동적 포트)",
      ko: "스택이 골라 주는 클라이언트 포트",
      en: "client port chosen by the stack"),
    entry(
      "well-known-port", "well-known port", "잘 알려진 포트",
      ko: "서비스마다 정해진 포트",
      en: "fixed service port (80, 53)"),
    entry(
      "connection-waiting-socket", "connection-waiting socket", book: "접속 대기 소켓", "리스닝 소켓",
      ko: "접속을 기다리는 소켓",
      en: "socket in LISTEN"),
    entry(
      "backlog", "backlog", "백로그, 접속 대기열",
      ko: "대기 중인 접속의 한도",
      en: "limit of waiting connections"),
    entry(
      "four-tuple", "four-tuple", book: "네 가지 정보", "4-튜플",
      ko: "양쪽 주소와 포트 네 값",
      en: "both addresses and ports"),
    entry(
      "pipe", "pipe", book: "파이프", "연결",
      ko: "연결을 비유한 말",
      en: "picture of a connection"),
    entry(
      "buffer-memory", "buffer memory", book: "버퍼 메모리", "버퍼",
      ko: "임시로 담아 두는 메모리",
      en: "temporary storage"),
    entry(
      "send-buffer", "send buffer", book: "송신용 버퍼", "송신 버퍼",
      ko: "보내기 전·확인 전 바이트",
      en: "bytes waiting or unacknowledged"),
    entry(
      "receive-buffer", "receive buffer", "수신 버퍼",
      ko: "앱이 읽기 전 바이트",
      en: "bytes waiting for read()"),
    entry(
      "request", "to request/delegate", book: "의뢰하다", "요청하다",
      ko: "아래에 일을 맡기다",
      en: "upper block asks lower"),
    entry(
      "process-id", "process ID", book: "프로세스 ID", "PID",
      ko: "소켓 주인 번호",
      en: "owner shown in netstat"),
  ]
}
